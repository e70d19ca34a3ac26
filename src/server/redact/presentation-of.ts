import { visibleText } from "../../language/visible.js";
import type { Presentation } from "../results/presentation.js";
import { findSecrets } from "./find-secrets.js";
import { hiddenAs } from "./hide-secrets.js";

/** How data is shown with this setting. */
export const presentationOf = (redact: "on" | "off"): Presentation => ({
  findSecrets: redact === "on" ? findSecrets : async () => [],
  hidden: hiddenAs,
  visible: visibleText,
});
