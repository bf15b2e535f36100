// A theme in which every role looks alike, for tests that tell only some of them apart.

import { type Role, roles } from "../frame/frame.ts";
import type { Style } from "../theme/style-string.ts";
import type { Theme } from "../theme/theme.ts";

export const plainStyle: Style = {
  fg: "default",
  bg: "default",
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

export const plainTheme: Theme = Object.fromEntries(
  roles.map((role) => [role, plainStyle]),
) as Record<Role, Style>;
