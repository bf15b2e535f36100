// For tests of services, one's own and this repository's: the service's port without an engine, and
// clients without sockets. `@maru/testkit` has what needs real ones.

export { FakePort, type FakePortOptions, type FakeSession, type Line } from "./fake-port.ts";
export {
  type CommandOf,
  type FieldsOf,
  FixtureClient,
  type NoticeOf,
  ServiceFixture,
  type ServiceFixtureOptions,
} from "./service-fixture.ts";
