// The list of videos: it follows what is being judged, and its rows can be thrown away.

import "./delete.js";
import { follow } from "./follow.js";

const list = document.getElementById("videos");
if (list) follow(list, () => list.dataset.from);
