// Which pages of docs/ are generated, and from what. A new one is a line here.

import { renderClientPage } from "./client-page.ts";
import { renderConfigurationPage } from "./configuration-page.ts";
import { guaranteesPath, renderGuaranteesPage } from "./guarantees-page.ts";
import type { Page } from "./page.ts";
import { renderProtocolPage } from "./protocol-page.ts";
import { screenPages } from "./screen-pages.ts";

export const pages: readonly Page[] = [
  { path: "docs/protocol.md", render: renderProtocolPage },
  { path: "docs/configuration.md", render: renderConfigurationPage },
  { path: "docs/client-reference.md", render: renderClientPage },
  { path: guaranteesPath, render: renderGuaranteesPage },
  ...screenPages,
];
