// Everything on the page works without this file; it only adds what a browser alone can do.
import { offerSharing } from "./share.js";

offerSharing(document);
