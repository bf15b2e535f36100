import { expect, test } from "bun:test";
import fc from "fast-check";
import { scriptedConnection } from "../../test/scripted-connection.ts";
import type { Connection } from "../connection/connection.ts";
import { Membership } from "./membership.ts";

const people = 6;
const groups = 4;

/** The table next to the plainest model of it: for each group, the set of its members. */
interface Tables {
  readonly model: Map<number, Set<Connection>>;
  readonly connections: readonly Connection[];
}

class Change implements fc.Command<Tables, Membership> {
  readonly kind: "join" | "leave" | "leaveAll";
  readonly who: number;
  readonly group: number;

  constructor(kind: "join" | "leave" | "leaveAll", who: number, group: number) {
    this.kind = kind;
    this.who = who;
    this.group = group;
  }

  check(): boolean {
    return true;
  }

  run({ model, connections }: Tables, real: Membership): void {
    const connection = connections[this.who] as Connection;
    if (this.kind === "join") {
      real.join(this.group, connection);
      model.get(this.group)?.add(connection);
    } else if (this.kind === "leave") {
      real.leave(this.group, connection);
      model.get(this.group)?.delete(connection);
    } else {
      real.leaveAll(connection);
      for (const members of model.values()) members.delete(connection);
    }
    agree({ model, connections }, real);
  }

  toString(): string {
    return `${this.kind} ${this.who} ${this.group}`;
  }
}

function agree({ model, connections }: Tables, real: Membership): void {
  real.check(connections);
  for (const [group, members] of model) {
    expect(real.members(group).length).toBe(members.size);
    expect(new Set(real.members(group))).toEqual(members);
  }
  for (const connection of connections) {
    const inModel = [...model].filter(([, members]) => members.has(connection)).length;
    expect(connection.memberships.length).toBe(inModel);
  }
}

test("whatever joins and leaves, each group has the members that a set would have", () => {
  const change = fc
    .tuple(
      fc.constantFrom("join" as const, "join" as const, "leave" as const, "leaveAll" as const),
      fc.nat({ max: people - 1 }),
      fc.nat({ max: groups - 1 }),
    )
    .map(([kind, who, group]) => new Change(kind, who, group));
  fc.assert(
    fc.property(fc.commands([change], { maxCommands: 60 }), (commands) => {
      const setup = () => ({
        model: {
          model: new Map(Array.from({ length: groups }, (_, id) => [id, new Set<Connection>()])),
          connections: Array.from(
            { length: people },
            (_, id) => scriptedConnection({ id }).connection,
          ),
        },
        real: new Membership(),
      });
      fc.modelRun(setup, commands);
    }),
    { numRuns: 300 },
  );
});

test("a connection without groups holds no list of its own", () => {
  const [one, other] = [scriptedConnection().connection, scriptedConnection().connection];
  expect(one.memberships).toBe(other.memberships);
  new Membership().join(1, one);
  expect(other.memberships).toEqual([]);
});
