// A page that needs no script but for light and dark.

import { followTheme } from "./theme.js";

followTheme();
