// What so many people need, from what was measured: arithmetic on paper, nothing else.
// Every figure brings its source; what was not measured stays unknown and is never guessed.

export interface Sourced {
  readonly value: number;
  /** Which run, in words. */
  readonly source: string;
}

export interface CapacityFigures {
  /** CPU of the server per delivery while it has little to do: no two deliveries share a write. */
  readonly quietCpuUs?: Sourced | undefined;
  /** The same under full load in small rooms, where still hardly any do. */
  readonly busyCpuUs?: Sourced | undefined;
  readonly bytesPerConnection?: Sourced | undefined;
  readonly bytesAtStart?: Sourced | undefined;
  readonly bytesPerDelivery?: Sourced | undefined;
  /** Messages a second through hub and log, the default durability. */
  readonly logPerSecond?: Sourced | undefined;
  /** People a second who come back after everybody was cut off. */
  readonly returnsPerSecond?: Sourced | undefined;
}

export interface Crowd {
  /** At the same time. */
  readonly online: number;
  /** Of each, on average over the day's busy hours. */
  readonly messagesPerMinute: number;
  /** Who receive a message: members of its room who are online. */
  readonly members: number;
}

export interface Need {
  readonly messagesPerSecond: number;
  readonly deliveriesPerSecond: number;
  /** Fewest and most: by the cheaper and the dearer of the two CPU figures. */
  readonly cores: readonly [number, number] | undefined;
  readonly memoryBytes: number | undefined;
  readonly bitsPerSecond: number | undefined;
  /** Of what the hub and its log carry; above 1 it is too much for one server. */
  readonly logShare: number | undefined;
  readonly secondsUntilBack: number | undefined;
}

/** The busiest moment has so many times the average. */
export const peak = 3;
/** Ethernet, IPv4 and TCP with timestamps, when a delivery is a packet by itself. */
export const headerBytes = 66;
/** A core that is busy for more than this share of the time makes others wait. */
export const coreShareMax = 0.6;

export function needOf({ online, messagesPerMinute, members }: Crowd, of: CapacityFigures): Need {
  const messagesPerSecond = ((online * messagesPerMinute) / 60) * peak;
  const deliveriesPerSecond = messagesPerSecond * members;
  const cores = (figure: Sourced | undefined) =>
    times(figure, deliveriesPerSecond / 1e6 / coreShareMax);
  const [quiet, busy] = [cores(of.quietCpuUs), cores(of.busyCpuUs)];
  const crowdBytes = times(of.bytesPerConnection, online);
  const frameBytes = of.bytesPerDelivery?.value;
  return {
    messagesPerSecond,
    deliveriesPerSecond,
    cores: quiet === undefined || busy === undefined ? undefined : ascending(quiet, busy),
    memoryBytes: sum(crowdBytes, of.bytesAtStart?.value),
    bitsPerSecond:
      frameBytes === undefined ? undefined : deliveriesPerSecond * (frameBytes + headerBytes) * 8,
    logShare: over(messagesPerSecond, of.logPerSecond),
    secondsUntilBack: over(online, of.returnsPerSecond),
  };
}

const times = (figure: Sourced | undefined, by: number): number | undefined =>
  figure === undefined ? undefined : figure.value * by;

const over = (value: number, figure: Sourced | undefined): number | undefined =>
  figure === undefined ? undefined : value / figure.value;

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;

const ascending = (one: number, other: number): readonly [number, number] =>
  one < other ? [one, other] : [other, one];
