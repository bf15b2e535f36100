// What is asked of a server of mixed traffic: how many people in how many rooms, and how lively.

export interface TrafficPlan {
  readonly rooms: number;
  readonly people: number;
  /** Of the room sizes: 0 = all alike. */
  readonly zipfExponent: number;
  /** Messages per second of one person who is not excited. */
  readonly rate: number;
  /** Moves to another room, per second and person. */
  readonly moveRate: number;
  /** On the average so long from the end of one excitement to the next; 0 = no room gets excited. */
  readonly calmSeconds: number;
  /** Longer texts are cut: a peer's protocol may not take them. */
  readonly textBytesMax: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
}

/** In an excited room all talk so many times as much, */
export const excitement = 20;
/** between so many seconds, */
export const excitedSeconds = { min: 2, max: 5 };
/** and so many rooms do at a time. */
export const excitedRoomsMax = 3;
/** A person stays for so many seconds after speaking or arriving. */
export const stayingSeconds = 1;

/** Texts begin with the generator's stamp, which is so long. */
export const textBytesMin = 33;

/** Shares of all texts: short ones, some paragraphs, and a few that are pasted. */
export const textKinds = [
  { share: 0.85, bytes: [textBytesMin, 80] },
  { share: 0.13, bytes: [200, 800] },
  { share: 0.02, bytes: [4096, 8000] },
] as const;

/** Of the texts, Korean with an emoji now and then. */
export const koreanShare = 0.3;
