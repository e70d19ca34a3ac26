/** A standard that AWS evaluates, or has a framework for. */
export type Standard = {
  readonly title: string;
  /** How people write it: what is left of letters and digits, in lower case. */
  readonly names: RegExp;
  /** How Security Hub's ids of it begin, where it has one. */
  readonly securityHub?: string;
  /** A word that Audit Manager's framework has in its name. */
  readonly word: string;
};

/** Security Hub user guide, "Standards reference"; Audit Manager user guide, "Supported frameworks". */
export const STANDARDS: readonly Standard[] = [
  {
    title: "AWS Foundational Security Best Practices",
    names: /^(?:aws)?(?:fsbp|foundational)/,
    securityHub: "standards/aws-foundational-security-best-practices",
    word: "foundational",
  },
  {
    title: "CIS AWS Foundations Benchmark",
    names: /^(?:aws)?cis/,
    securityHub: "standards/cis-aws-foundations-benchmark",
    word: "cis",
  },
  { title: "PCI DSS", names: /^pci/, securityHub: "standards/pci-dss", word: "pci" },
  {
    title: "NIST SP 800-53",
    names: /^nist(?:sp)?(?:800)?53|^nist$/,
    securityHub: "standards/nist-800-53",
    word: "800-53",
  },
  {
    title: "NIST SP 800-171",
    names: /^nist(?:sp)?(?:800)?171/,
    securityHub: "standards/nist-800-171",
    word: "800-171",
  },
  { title: "NIST CSF", names: /^nistcsf|^nistcyber/, word: "cybersecurity" },
  { title: "HIPAA", names: /^hipaa/, word: "hipaa" },
  { title: "SOC 2", names: /^soc2?$|^soc2/, word: "soc 2" },
  { title: "GDPR", names: /^gdpr/, word: "gdpr" },
  { title: "ISO/IEC 27001", names: /^iso/, word: "27001" },
  { title: "FedRAMP", names: /^fedramp/, word: "fedramp" },
  { title: "GxP", names: /^gxp/, word: "gxp" },
  { title: "ACSC Essential Eight", names: /^acsc|^essential8|^essentialeight/, word: "essential" },
];

/** The standard that a person means: `CIS`, `pci-dss`, `NIST 800-53`. */
export const standardOf = (text: string): Standard | undefined => {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return STANDARDS.find(({ names }) => names.test(letters));
};
