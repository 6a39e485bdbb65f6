/** Engines in a process or thread of their own: what the shells that have windows share. */
export {
  createEngineHost,
  type EngineHostParts,
  type KeyStore,
  SessionKeys,
} from "./engine-host.js";
export { type RestartDecision, RestartPolicy } from "./restart-policy.js";
export { type RunningEngine, runEngine } from "./run-engine.js";
export {
  type EngineChild,
  type Supervisor,
  type SupervisorOptions,
  superviseEngine,
} from "./supervise-engine.js";
