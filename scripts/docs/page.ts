// A generated page of docs/.

export interface Page {
  /** Below the root of the repository. */
  readonly path: string;
  /** The page's whole text; the same for the same sources. */
  readonly render: (root: string) => string;
}
