import { COST_READS } from "./cost-reads.js";
import type { Service } from "./find-service.js";
import { genericStep } from "./generic-reads.js";
import { prompt } from "./prompt.js";
import { rowFor, servicePage, serviceParameter } from "./service-page.js";
import { spending } from "./spending.js";

export const costOptimization = prompt({
  name: "cost_optimization",
  title: "Lower the cost of one service",
  description:
    "What one AWS service costs by usage type, what stands idle or too large, and what commitments would save",
  parameters: { service: serviceParameter },
  write: ({ service }, facts) =>
    servicePage(service, facts, (found) => {
      const row = rowFor(COST_READS, found);
      return {
        goal: `Find what \`${found.name}\` costs here and where it can cost less. Change nothing.`,
        steps: [
          {
            say: "See where the money goes. Each request to Cost Explorer costs 0.01 USD, so ask once.",
            ...spending(found, facts.now),
          },
          row === undefined
            ? genericStep("List what there is and find what nobody uses.", found, facts.book, {
                look: "resources without traffic, old versions, sizes that nobody chose.",
              })
            : { say: "Find waste.", ...row },
          {
            say: "Read what AWS recommends.",
            commands: [
              "aws cost-optimization-hub list-recommendations --region us-east-1 --max-items 50 --query 'items[].[currentResourceType,resourceId,actionType,estimatedMonthlySavings]' --output table",
              ...savingsPlans(found),
              "aws budgets describe-budgets --account-id \"$(aws sts get-caller-identity --query Account --output text)\" --query 'Budgets[].[BudgetName,BudgetLimit.Amount,CalculatedSpend.ActualSpend.Amount]' --output table",
            ],
            look: "an answer that a service is not enrolled or not subscribed: say so and go on.",
          },
        ],
        report:
          "the ten largest savings with resource, cost a month, saving a month, risk and the command for it; then what is unclear, and whether a budget watches this.",
      };
    }),
});

/** Which Savings Plans lower the cost of a service (Savings Plans user guide, "Savings Plans types"). */
const SAVINGS_PLANS: Readonly<Record<string, string>> = {
  ec2: "COMPUTE_SP",
  ecs: "COMPUTE_SP",
  eks: "COMPUTE_SP",
  lambda: "COMPUTE_SP",
  sagemaker: "SAGEMAKER_SP",
};

const savingsPlans = (service: Service): readonly string[] => {
  const type = rowFor(SAVINGS_PLANS, service);
  return type === undefined
    ? []
    : [
        `aws ce get-savings-plans-purchase-recommendation --savings-plans-type ${type} --term-in-years ONE_YEAR --payment-option NO_UPFRONT --lookback-period-in-days THIRTY_DAYS --query SavingsPlansPurchaseRecommendation.SavingsPlansPurchaseRecommendationSummary`,
      ];
};
