/* What a browser adds to pages that work without it. Nothing here makes markup out of text. */
import { suggest } from "./suggesting.js";
import { update } from "./updating.js";
import { drag } from "./dragging.js";
import { step } from "./stepping.js";

/** The address below which the site is: these files are in static/page/. */
export const HOME = new URL("../../", import.meta.url);

suggest(HOME);
update(HOME);
drag();
step();
