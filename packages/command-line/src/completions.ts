// Completions for bash, zsh and fish, made from a command line as data. Pure.
// Offers commands, flags, and the values of those that have a list of them; files for FILE.

import type { CommandSpec, FlagSpec } from "./command-tree.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A script that completes the command `name`, to be read by `shell`. */
export function completions(shell: Shell, name: string, root: CommandSpec): string {
  return { bash, zsh, fish }[shell](name, root);
}

const isFile = ({ value }: FlagSpec) => value === "FILE";
const namesOf = ({ long, short }: FlagSpec) => [long, short].filter((name) => name !== null);
const functionName = (name: string) => `_${name.replaceAll("-", "_")}`;
const commandsOf = (root: CommandSpec) => [root, ...root.commands];
/** For single quotes of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function bash(name: string, root: CommandSpec): string {
  const names = root.commands.map((command) => command.name).join("|");
  const flags = commandsOf(root).flatMap((command) => command.flags);
  // Flags of one name are alike in every command.
  const byWord = new Map(flags.flatMap((flag) => namesOf(flag).map((word) => [word, flag])));
  const withValue = [...byWord].filter(([, flag]) => flag.value !== null);
  const values = withValue.map(([word, flag]) => {
    const list = flag.words.join(" ");
    const generated = isFile(flag) ? "-f" : `-W ${quoted(list)}`;
    const reply = list === "" && !isFile(flag) ? "" : `$(compgen ${generated} -- "$current")`;
    return `    ${word}) COMPREPLY=(${reply}); return ;;`;
  });
  const words = commandsOf(root).map((command) => {
    const own = [
      ...command.commands.map((inner) => inner.name),
      ...command.arguments.flatMap(({ choices }) => choices),
      ...command.flags.flatMap(namesOf),
    ];
    return `    ${quoted(command.name)}) words=${quoted(own.join(" "))} ;;`;
  });
  return `# Completions of ${name} for bash.
${functionName(name)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  local command="" words="" index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${withValue.map(([word]) => word).join("|")}) ((index++)) ;;
      ${names}) command="\${COMP_WORDS[index]}"; break ;;
    esac
  done
  case "$previous" in
${values.join("\n")}
  esac
  case "$command" in
${words.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F ${functionName(name)} ${name}
`;
}

function zsh(name: string, root: CommandSpec): string {
  const escaped = (text: string) => text.replace(/[\\[\]:]/g, "\\$&");
  const flagSpecs = (command: CommandSpec) =>
    command.flags.flatMap((flag) =>
      namesOf(flag).map((word) => {
        const values = isFile(flag) ? "_files" : `(${flag.words.join(" ")})`;
        const action = values === "()" ? " " : values;
        const value = flag.value === null ? "" : `:${flag.value}:${action}`;
        return quoted(`${word}[${escaped(flag.about)}]${value}`);
      }),
    );
  const argumentSpecs = (command: CommandSpec) =>
    command.arguments.map(({ name: argument, isRequired, choices }, index) =>
      quoted(
        `${index + 1}${isRequired ? ":" : "::"}${argument}:${choices.length === 0 ? " " : `(${choices.join(" ")})`}`,
      ),
    );
  const call = (parts: readonly string[]) => parts.join(" \\\n        ");
  const cases = root.commands.map(
    (command) => `        ${command.name})
        ${call(["_arguments", ...flagSpecs(command), ...argumentSpecs(command)])}
        ;;`,
  );
  const described = root.commands.map((command) =>
    quoted(`${command.name}:${command.about.replaceAll(":", "\\:")}`),
  );
  return `#compdef ${name}
# Completions of ${name} for zsh.
${functionName(name)}() {
  local context state state_descr line
  typeset -A opt_args
  ${call(["_arguments -C", ...flagSpecs(root), "'1: :->command'", "'*:: :->rest'"])}
  case $state in
    command)
      local -a commands
      commands=(
        ${described.join("\n        ")}
      )
      _describe command commands
      ;;
    rest)
      case $words[1] in
${cases.join("\n")}
      esac
      ;;
  esac
}
# Found on fpath, this file is the function itself; read by source, it announces the function.
if [[ $funcstack[1] == ${functionName(name)} ]]; then
  ${functionName(name)} "$@"
else
  compdef ${functionName(name)} ${name}
fi
`;
}

function fish(name: string, root: CommandSpec): string {
  // In fish's single quotes, the backslash and the quote alone are escaped.
  const text = (words: string) => `'${words.replace(/[\\']/g, "\\$&")}'`;
  const lines = commandsOf(root).flatMap((command) => {
    const isRoot = command.name === "";
    const when = isRoot
      ? "__fish_use_subcommand"
      : text(`__fish_seen_subcommand_from ${command.name}`);
    const flags = command.flags.map((flag) => {
      const long = flag.long === null ? "" : ` -l ${flag.long.slice(2)}`;
      const short = flag.short === null ? "" : ` -s ${flag.short.slice(1)}`;
      const words = flag.words.join(" ");
      const values = words === "" ? "" : ` -a ${text(words)}`;
      const value = flag.value === null ? "" : isFile(flag) ? " -r -F" : ` -x${values}`;
      return `complete -c ${name} -n ${when}${long}${short}${value} -d ${text(flag.about)}`;
    });
    const choices = command.arguments.flatMap((argument) => argument.choices).join(" ");
    return [
      ...(isRoot ? [] : [commandLine(command)]),
      ...flags,
      ...(choices === "" ? [] : [`complete -c ${name} -n ${when} -a ${text(choices)}`]),
    ];
  });
  function commandLine(command: CommandSpec): string {
    return `complete -c ${name} -n __fish_use_subcommand -a ${command.name} -d ${text(command.about)}`;
  }
  return [`# Completions of ${name} for fish.`, `complete -c ${name} -f`, ...lines, ""].join("\n");
}
