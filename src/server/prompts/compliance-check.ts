import { codeSpan } from "./code-span.js";
import { failedControls } from "./control-ids.js";
import type { Service } from "./find-service.js";
import { type Page, prompt } from "./prompt.js";
import { offeredServices, servicePage, serviceParameter } from "./service-page.js";
import { STANDARDS, standardOf } from "./standards.js";

export const complianceCheck = prompt({
  name: "compliance_check",
  title: "Check against a compliance standard",
  description:
    "Which controls of a standard fail, by Security Hub, Config and Audit Manager, with the resources at fault",
  parameters: {
    compliance_standard: {
      about: "the standard, such as CIS, PCI DSS, NIST 800-53, HIPAA or SOC 2",
      offers: () => STANDARDS.map(({ title }) => title),
    },
    service: {
      about: `${serviceParameter.about}, or all`,
      standard: "all",
      offers: (facts, given, typed) => ["all", ...offeredServices(facts, given, typed)],
    },
  },
  write: ({ compliance_standard: standard, service }, facts) =>
    service.toLowerCase() === "all"
      ? page(standard, undefined)
      : servicePage(service, facts, (found) => page(standard, found)),
});

const page = (text: string, service: Service | undefined): Page => {
  const standard = standardOf(text);
  return {
    goal: `Check ${service === undefined ? "this account" : `\`${service.name}\``} against ${codeSpan(text)} with what AWS has already evaluated. Change nothing.`,
    notes: standard?.securityHub === undefined ? [NOT_IN_SECURITY_HUB] : [],
    steps: [
      {
        say: "See which standards are on, and since when.",
        commands: [
          "aws securityhub get-enabled-standards --query 'StandardsSubscriptions[].[StandardsArn,StandardsStatus]' --output table",
          "aws securityhub describe-standards --query 'Standards[].[Name,StandardsArn]' --output table",
          "aws configservice describe-configuration-recorder-status --query 'ConfigurationRecordersStatus[].[name,recording,lastStatus]' --output table",
        ],
        look: "a standard that is off or a recorder that stands still: then nothing below is evidence.",
      },
      {
        say: "Read the failed controls.",
        commands: [
          failedControls(
            service,
            standard?.securityHub === undefined
              ? {}
              : { ComplianceAssociatedStandardsId: [{ Value: standard.securityHub, Comparison: "PREFIX" }] },
          ),
        ],
      },
      {
        say: "Read Config's rules and conformance packs, and the resources that break them.",
        commands: [
          "aws configservice describe-conformance-packs --query 'ConformancePackDetails[].ConformancePackName' --output text | xargs -r -t -n 1 aws configservice describe-conformance-pack-compliance --filters ComplianceType=NON_COMPLIANT --conformance-pack-name 2>&1",
          "aws configservice describe-compliance-by-config-rule --compliance-types NON_COMPLIANT --query 'ComplianceByConfigRules[].ConfigRuleName' --output text | xargs -r -t -n 1 aws configservice get-compliance-details-by-config-rule --compliance-types NON_COMPLIANT --query 'EvaluationResults[].EvaluationResultIdentifier.EvaluationResultQualifier.[ResourceType,ResourceId]' --output text --config-rule-name 2>&1",
        ],
      },
      {
        say: "See whether Audit Manager collects evidence for it.",
        commands: [
          `aws auditmanager list-assessment-frameworks --framework-type Standard --query 'frameworkMetadataList[].[name,complianceType]' --output text${standard === undefined ? "" : ` | grep -i '${standard.word}'`}`,
          "aws auditmanager list-assessments --status ACTIVE --query 'assessmentMetadata[].[name,complianceType,lastUpdated]' --output table",
        ],
      },
    ],
    report:
      "per control: its number, passed, failed or not evaluated, the resources at fault, how to mend it and who would have to. Failing checks are evidence; missing ones are not compliance, and this is no audit.",
  };
};

const NOT_IN_SECURITY_HUB =
  "Security Hub has no standard of that name: its other controls, Config's conformance packs and Audit Manager's frameworks have to stand for it. Say which control maps to what.";
