// A package's README inside its tarball: what it links to outside of the package is named, not linked,
// since it is not there.

/** Links to other places of the repository become their words; those to anywhere else stay. */
export function publishedReadme(text: string): string {
  return text.replace(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, "$1");
}
