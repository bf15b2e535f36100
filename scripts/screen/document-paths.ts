// Where the pictures and the recording of the client stand, below the root. Only the names: a script that
// asks for them need not load what draws.

export const documentPaths = {
  dark: "docs/screen/client-dark.svg",
  light: "docs/screen/client-light.svg",
  narrow: "docs/screen/client-40.svg",
  recording: "docs/screen/recording.txt",
} as const;
