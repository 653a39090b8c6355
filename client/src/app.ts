import "./htmx-setup";
import { copyFromFields } from "./copying";
import { openDialogsFromButtons } from "./dialogs";
import { foldMenusAway } from "./folding-menus";
import { tellWhenOffline } from "./offline";
import { askForPasskeys } from "./passkeys";
import { walkThroughHits } from "./search-arrows";
import { focusSearchOnSlash } from "./search-focus";
import { submitOnce } from "./submit-once";

askForPasskeys(document); // before the next: it sends the form itself
submitOnce(document);
focusSearchOnSlash(document);
walkThroughHits(document);
foldMenusAway(document);
openDialogsFromButtons(document);
copyFromFields(document);
tellWhenOffline(document);
