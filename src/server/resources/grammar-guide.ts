/** How to write a command, for who writes them. Every command in a block is tried by the tests. */
export const GRAMMAR_GUIDE = `# What a command may say

A command is a line or more of POSIX \`sh\`, without the shell: stages joined by \`|\`, and such pipelines joined by \`&&\`, \`||\`, \`;\` or a
newline. The whole text is read by the grammar at the end of this page and judged before anything runs. What is accepted means what it
means in \`sh\`. What is not is refused with a code, the place in the text and a hint; nothing has run then.

- A stage is \`aws …\`, \`xargs …\`, or a utility. \`awspipe://utilities\` lists those; nothing else runs, and no alias, function or script.
- Single quotes keep everything: \`--query 'Reservations[].Instances[]'\`, \`jq '.Buckets | length'\`. Quote what has blanks or one of \`| & ; < > ( ) $\`,
  a backtick, a backslash or a quote. \`* ? [ ] { } ~ !\` stand for themselves, quoted or not.
- \`$(…)\` puts the output of commands into a word; \`xargs\` runs a command for each item of its input. Both give data: an option's value, an
  operand, an S3 key, never a program, an option, a path or program text. What comes out is judged again before it is used.
- \`$AWS_REGION\`, \`$AWS_DEFAULT_REGION\` and \`$AWS_PROFILE\` are the only variables.
- Redirections lead to \`/dev/null\` or from one stream to the other. A file comes into the workspace by \`tee NAME\` or an option of \`aws\`, and out of
  it by \`cat NAME\`; names are relative to the workspace.
- \`--query\` and \`--output text\` make less output than a filter behind it. The pipeline's status is that of its last stage; every stage's own
  is in the answer, and a \`grep\` that finds nothing is no error.
- \`aws_cli_check\` says what would become of a command. \`awspipe://policy\` says what is let through here.

These work:

\`\`\`
aws ec2 describe-instances --query 'Reservations[].Instances[].[InstanceId,State.Name]' --output text | sort -k 2 | head -20
aws s3api list-buckets --query 'Buckets[].Name' --output text | tr '\\t' '\\n' | grep -c logs
aws s3api list-buckets --query 'Buckets[].Name' --output text | xargs -n 1 aws s3api get-bucket-location --bucket
aws logs filter-log-events --log-group-name /aws/lambda/api --start-time "$(date -d '1 hour ago' +%s)000" | jq -r '.events[].message'
aws iam get-role --role-name web > /dev/null 2>&1 && echo there || echo 'not there'
aws rds describe-db-instances --region eu-west-1 | tee databases.json | jq '.DBInstances | length'; wc -c databases.json
\`\`\`
`;
