/** What the parts of a rule are called; where the words come from is not the rule's concern. */

export type Choice = { value: string; name: string };

export const ATTRIBUTE_KINDS = ["number", "money", "text", "moment", "choice", "flag"] as const;

export type AttributeInfo = {
  name: string;
  title: string;
  kind: (typeof ATTRIBUTE_KINDS)[number];
  /** Can be absent, so that `empty` and `present` may be asked. */
  optional: boolean;
  choices: readonly Choice[];
  /** What the values are ids of, where the choices are the enterprise's own. */
  things?: Thing | null;
};

export type FieldInfo = {
  id: number;
  name: string;
  kind: "text" | "number" | "date" | "choice" | "choices" | "flag";
  options: readonly { id: number; name: string }[];
};

/** Things that conditions point to by their id. */
export const THINGS = [
  "staff",
  "channel",
  "live_code",
  "group",
  "audience",
  "material",
  "stage",
  "tag",
  "source",
] as const;
export type Thing = (typeof THINGS)[number];

export type PropertyInfo = {
  name: string;
  title: string;
  /** How its values are asked for and told; of an `open` one the members are asked, by name. */
  kind: "number" | "money" | "text" | "choice" | "flag" | "thing" | "open";
  choices: readonly Choice[];
  things?: Thing | null;
};

export type ActInfo = { type: string; title: string; properties: readonly PropertyInfo[] };

/** The property that a condition names; one member of an open property is named behind a dot. */
export function propertyOf(act: ActInfo | undefined, name: string): PropertyInfo | undefined {
  const [head] = name.split(".", 1);
  return act?.properties.find((one) => one.name === head);
}

export type Names = {
  attribute: (name: string) => AttributeInfo | undefined;
  field: (id: number) => FieldInfo | undefined;
  act: (type: string) => ActInfo | undefined;
  thing: (kind: Thing, id: number) => string | undefined;
  /** The group a tag belongs to, by which WeCom's meaning goes. */
  tagGroup: (tagId: number) => string | undefined;
};
