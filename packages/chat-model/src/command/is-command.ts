// Whether a line is a command, rather than something to be said. Two slashes say one.

export const isCommand = (line: string): boolean => line.startsWith("/") && !line.startsWith("//");
