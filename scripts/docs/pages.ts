// Which pages of docs/ are generated, and from what. A new one is a line here.

import { renderClientPage } from "./client-page.ts";
import { renderConfigurationPage } from "./configuration-page.ts";
import { guaranteesPath, renderGuaranteesPage } from "./guarantees-page.ts";
import { renderProtocolPage } from "./protocol-page.ts";
import { screenPages } from "./screen-pages.ts";

export interface Page {
  /** Below the root of the repository. */
  readonly path: string;
  /** The page's whole text; the same for the same sources. */
  readonly render: (root: string) => string;
}

export const pages: readonly Page[] = [
  { path: "docs/protocol.md", render: renderProtocolPage },
  { path: "docs/configuration.md", render: renderConfigurationPage },
  { path: "docs/client-reference.md", render: renderClientPage },
  { path: guaranteesPath, render: renderGuaranteesPage },
  ...screenPages,
];
