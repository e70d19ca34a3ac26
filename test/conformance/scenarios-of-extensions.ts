import { not, type Scenarios } from "./expected.js";

const noSkills = not("is about an extension, skills", "did not declare the io.modelcontextprotocol/skills extension");

const noTasks = (...says: readonly string[]) => not("is about an extension, tasks", ...says);

/** What a server may have besides a revision; this one has none of it. */
export const extensions: Scenarios = {
  "sep-2640-skills-directory": noSkills,
  "sep-2640-skills-enumeration": noSkills,
  "sep-2640-skills-manifest": noSkills,
  "tasks-lifecycle": noTasks(
    "Tool greet not found",
    "_job not found",
    "Tool slow_compute not found",
    "no task was created",
  ),
  "tasks-capability-negotiation": noTasks(
    "capabilities.extensions MUST be advertised",
    "tasks/get MUST return -32021; got -32601",
    "Tool slow_compute not found",
  ),
  "tasks-wire-fields": noTasks("Tool slow_compute not found", "no task was created"),
  "tasks-request-state-removal": noTasks("Tool slow_compute not found"),
  "tasks-mrtr-input": noTasks("Tool confirm_delete not found", "Tool multi_input not found"),
  "tasks-request-headers": noTasks(
    "Tool greet not found",
    "Tool slow_compute not found",
    "routing-task fixture from Check 2 unavailable",
  ),
  "tasks-dispatch-and-envelope": noTasks(
    "Tool failing_job not found",
    "Tool greet not found",
    "Tool slow_compute not found",
    "sep-2663-tasks-get-invalid-task-id-32602: expected -32602; got -32601",
  ),
  "tasks-status-notifications": noTasks("The harness needs a rewrite"),
  "tasks-required-task-error": noTasks("tools/call for failing_job returned error code -32602"),
  "tasks-mrtr-composition": noTasks("Tool test_tool_with_task not found"),
};
