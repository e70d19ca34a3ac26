import { describe, expect, it } from "vitest";
import { fencedCommands } from "./fenced-commands.js";
import { render } from "./rendered.js";

describe("vpc_network_design", () => {
  it("gives a gateway endpoint the route tables that it works by", () => {
    const commands = fencedCommands(render(["vpc_network_design", { vpc_name: "main" }]));
    expect(commands.find(({ command }) => command.startsWith("aws ec2 create-vpc-endpoint"))?.command).toMatch(
      / --route-table-ids "\$\(aws ec2 describe-route-tables --filters .*main-private.*\)"$/,
    );
  });

  it("creates nothing for a range or a name that will not do", () => {
    for (const given of [
      { vpc_name: "main", cidr_block: "10.0.0.0/8" },
      { vpc_name: "main", cidr_block: "10.0.0.0/26" },
      { vpc_name: "main*", cidr_block: "10.0.0.0/16" },
    ]) {
      const commands = fencedCommands(render(["vpc_network_design", given]));
      expect(commands.map(({ command }) => command.split(" ").slice(0, 3).join(" "))).toEqual([
        "aws ec2 describe-vpcs",
      ]);
    }
  });
});
