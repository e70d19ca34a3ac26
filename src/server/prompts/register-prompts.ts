import type { McpServer } from "@modelcontextprotocol/server";
import type { RuleBook } from "../../policy/rule-book.js";
import { argumentSchema } from "./argument-schema.js";
import { complianceCheck } from "./compliance-check.js";
import { containerOrchestration } from "./container-orchestration.js";
import { costOptimization } from "./cost-optimization.js";
import { createResource } from "./create-resource.js";
import { disasterRecovery } from "./disaster-recovery.js";
import { iamPolicyGenerator } from "./iam-policy-generator.js";
import { infrastructureAutomation } from "./infrastructure-automation.js";
import { multiAccountGovernance } from "./multi-account-governance.js";
import { performanceTuning } from "./performance-tuning.js";
import type { Prompt, PromptFacts } from "./prompt.js";
import { promptText } from "./prompt-text.js";
import { resourceCleanup } from "./resource-cleanup.js";
import { resourceInventory } from "./resource-inventory.js";
import { securityAudit } from "./security-audit.js";
import { securityPostureAssessment } from "./security-posture-assessment.js";
import { serverlessDeployment } from "./serverless-deployment.js";
import { serviceMonitoring } from "./service-monitoring.js";
import { troubleshootService } from "./troubleshoot-service.js";
import { vpcNetworkDesign } from "./vpc-network-design.js";

/** What every connection's prompts share. */
export type PromptParts = {
  readonly book: RuleBook;
  /** Names of regions, sorted, for completion and for telling a mistyped one; empty where none are known. */
  readonly regions: readonly string[];
  /** Milliseconds since 1970: the days that commands ask about are written out. */
  readonly now: () => number;
};

/** All prompts, as `prompts/list` has them. */
export const PROMPTS: readonly Prompt[] = [
  createResource,
  securityAudit,
  costOptimization,
  resourceInventory,
  troubleshootService,
  iamPolicyGenerator,
  serviceMonitoring,
  disasterRecovery,
  complianceCheck,
  resourceCleanup,
  serverlessDeployment,
  containerOrchestration,
  vpcNetworkDesign,
  infrastructureAutomation,
  securityPostureAssessment,
  performanceTuning,
  multiAccountGovernance,
];

/** A prompt with the schema of its arguments, which is made once for all of a principal's requests. */
export type PreparedPrompt = {
  readonly prompt: Prompt;
  readonly argsSchema: ReturnType<typeof argumentSchema>;
  readonly facts: () => PromptFacts;
};

/** Makes the prompts ready to be registered, as often as servers are made. */
export const preparePrompts = ({ book, regions, now }: PromptParts): readonly PreparedPrompt[] => {
  const facts = (): PromptFacts => ({ book, regions, now: new Date(now()) });
  return PROMPTS.map((prompt) => ({ prompt, argsSchema: argumentSchema(prompt, facts), facts }));
};

/** Registers the prompts, with completion of their arguments; each answers with one text of the user's. */
export const registerPrompts = (server: McpServer, prepared: readonly PreparedPrompt[]): void => {
  for (const { prompt, argsSchema, facts } of prepared) {
    const { name, title, description } = prompt;
    server.registerPrompt(name, { title, description, argsSchema }, (given) => ({
      description,
      messages: [{ role: "user", content: { type: "text", text: promptText(prompt, given, facts()) } }],
    }));
  }
};
