// The words around the figures of the READMEs, in both languages. Holds no figure.

export interface Words {
  readonly headings: readonly string[];
  readonly others: readonly string[];
  readonly rooms: Readonly<Record<"hundred" | "thousand" | "tens", string>>;
  readonly inFlight: (count: number) => string;
  readonly steady: (deliveries: string) => string;
  readonly cores: (cores: string) => string;
  readonly idle: (connections: string) => string;
  readonly resume: (clients: string, isKilled: boolean) => string;
  readonly start: string;
  readonly nothing: string;
}

export const english: Words = {
  headings: ["", "deliveries/s", "CPU each", "÷ C loop", "÷ Bun.serve", "÷ Redis"],
  others: ["", "Maru"],
  rooms: { hundred: "a room of 100", thousand: "a room of 1,000", tens: "100 rooms of 10" },
  inFlight: (count) => `${count} in flight`,
  steady: (deliveries) => `10,000 people in 100 rooms, ${deliveries} deliveries/s`,
  cores: (cores) => `${cores} of a core`,
  idle: (connections) => `each of ${connections} idle connections, user memory`,
  resume: (clients, isKilled) =>
    `${clients} people come back at once${isKilled ? " after `kill -9`" : ""}, until all have all they missed`,
  start: "start to the first `welcome`, and memory then",
  nothing: "_Not measured yet: `bun run bench`._",
};

export const korean: Words = {
  headings: ["", "전달/초", "전달당 CPU", "÷ C 루프", "÷ Bun.serve", "÷ Redis"],
  others: ["", "마루"],
  rooms: { hundred: "100명 방", thousand: "1,000명 방", tens: "10명 방 100개" },
  inFlight: (count) => `동시 ${count}건`,
  steady: (deliveries) => `방 100개에 10,000명, 초당 ${deliveries}건 전달`,
  cores: (cores) => `코어 ${cores}개`,
  idle: (connections) => `유휴 연결 ${connections}개, 연결당 사용자 메모리`,
  resume: (clients, isKilled) =>
    `${isKilled ? "`kill -9` 후 " : ""}${clients}명이 동시에 재접속해 놓친 메시지를 모두 받을 때까지`,
  start: "시작부터 첫 `welcome`까지, 그때의 메모리",
  nothing: "_아직 측정하지 않았습니다(not measured yet): `bun run bench`._",
};
