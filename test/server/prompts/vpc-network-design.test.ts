import { describe, expect, it } from "vitest";
import { fencedCommands } from "./fenced-commands.js";
import { render } from "./rendered.js";

describe("vpc_network_design", () => {
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
