import "./htmx-setup";
import { openDialogsFromButtons } from "./dialogs";
import { foldMenusAway } from "./folding-menus";
import { tellWhenOffline } from "./offline";
import { focusSearchOnSlash } from "./search-focus";
import { submitOnce } from "./submit-once";

submitOnce(document);
focusSearchOnSlash(document);
foldMenusAway(document);
openDialogsFromButtons(document);
tellWhenOffline(document);
