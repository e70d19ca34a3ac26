import { json } from "./sh.js";

/** Gives a new resource of EC2 its name, as an option. */
export const nameTag = (kind: string, name: string): string =>
  `--tag-specifications ${json([{ ResourceType: kind, Tags: [{ Key: "Name", Value: name }] }])}`;

/** Finds resources of EC2 by their name, as an option; `*` and `?` in it would stand for any characters. */
export const byName = (name: string): string => `--filters ${json([{ Name: "tag:Name", Values: [name] }])}`;
