/** Their licences ask to be handed on with the code. */
export function noticesOf(packages) {
  const texts = packages.map(({ name, version, text }) => `## ${name} ${version}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  return `# Third-party notices\n\nThe command holds code of these packages, bundled.\n\n${texts.join("\n")}`;
}
