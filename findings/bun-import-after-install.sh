#!/usr/bin/env bash
# A program that installs its own dependencies can't import them in the same process, with Bun's `install.auto = "disable"`.
#
# One would guess: once `bun install` has ended, `await import()` of a file that needs a package finds it,
#   for the package is there. Without `auto = "disable"` in bunfig.toml it does.
# What happens: where the program stands in the folder of that file, Bun has looked into the folder before
#   the installation and remembers that it had no node_modules: "Cannot find package". A program in
#   another folder, or a second start of the same one, finds it.
# Versions: Bun 1.4.5, Linux x64. Source: run below; no note of it was found in Bun's documentation.
# Why it matters here: scripts/launch.ts installs what is missing and then runs the program that was asked
#   for. It puts a new program into its process (execve) after an installation.
set -uo pipefail
version=1.4.5
dir=$(mktemp -d)
work=$(mktemp -d) # no node_modules in a folder above
trap 'rm -rf "$dir" "$work"' EXIT
cd "$dir"
npm init -y >/dev/null && npm install --silent "bun@$version" >/dev/null 2>&1 || { echo "bun could not be installed"; exit 1; }
bun=$dir/node_modules/bun/bin/bun.exe
[ -x "$bun" ] || bun=$dir/node_modules/.bin/bun
echo "Bun $("$bun" --version)"

try() { # AUTO FOLDER_OF_THE_LAUNCHER
  cd "$work" && rm -rf ./* && mkdir -p tools library "$2"
  printf '[install]\nauto = "%s"\n' "$1" >bunfig.toml
  echo '{"name":"all","private":true,"workspaces":["tools","library"]}' >package.json
  echo '{"name":"@all/library","type":"module","exports":"./mod.ts"}' >library/package.json
  echo 'export const word = "imported";' >library/mod.ts
  echo '{"name":"tools","type":"module","dependencies":{"@all/library":"workspace:*"}}' >tools/package.json
  echo 'import { word } from "@all/library"; console.log(word);' >tools/needs.ts
  cat >"$2/launch.ts" <<'TS'
import { join, resolve } from "node:path";
const root = resolve(import.meta.dir, "..");
Bun.spawnSync([process.execPath, "install", "--silent"], { cwd: root });
await import(join(root, "tools/needs.ts")).catch(() => console.log("not found"));
TS
  "$bun" "$2/launch.ts"
}
beside=$(try disable tools)
apart=$(try disable launcher)
usual=$(try auto tools)
echo "auto = disable, beside the file: $beside"
echo "auto = disable, another folder:  $apart"
echo "auto = auto, beside the file:    $usual"
if [ "$beside" = "not found" ] && [ "$apart" = imported ] && [ "$usual" = imported ]; then
  echo "as recorded"
else
  echo "changed"
  exit 1
fi
