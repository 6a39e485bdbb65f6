import { trySessions } from "./live-sessions.js";

trySessions(1);
