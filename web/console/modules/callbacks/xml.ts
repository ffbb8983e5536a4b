const INDENT = "  ";

/** XML with one element per line, indented; what is no XML comes back as it is. */
export function prettyXml(xml: string): string {
  const pieces = xml.match(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]+>|[^<]+/g) ?? [xml];
  const lines: string[] = [];
  let depth = 0;
  let open = false;
  for (const piece of pieces) {
    const text = piece.trim();
    if (!text) continue;
    const closes = text.startsWith("</");
    const isTag = text.startsWith("<") && !text.startsWith("<![CDATA[");
    if (closes) depth = Math.max(0, depth - 1);
    if (!isTag || (closes && open)) {
      // A value stays on the line of its element, and so does the end of that element.
      if (lines.length === 0) lines.push(text);
      else lines[lines.length - 1] += text;
      open = !closes;
      continue;
    }
    lines.push(INDENT.repeat(depth) + text);
    open = !closes && !text.endsWith("/>") && !text.startsWith("<?");
    if (open) depth += 1;
  }
  return lines.join("\n");
}
