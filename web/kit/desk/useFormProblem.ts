import { App, type FormInstance } from "antd";
import { type FieldError, Problem, sentenceOf } from "../api/problem.ts";

/** `links[0].title` and `links.0.title` both become the path that antd's forms use. */
export function fieldPath(field: string): (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The sentence as it stands below the field itself, which needs no naming there. */
export function besideField({ field, message }: FieldError): string {
  const last =
    field
      .split(/[.[\]]+/)
      .filter(Boolean)
      .at(-1) ?? "";
  return last && message.startsWith(`${last} `) ? message.slice(last.length + 1) : message;
}

/** Puts what the server refused next to the fields it refused; the rest is told as a message. */
export function useFormProblem<T>(form: FormInstance<T>): (failure: unknown) => void {
  const { message } = App.useApp();
  return (failure) => {
    if (!(failure instanceof Problem) || failure.errors.length === 0) return;
    const unplaced: string[] = [];
    for (const error of failure.errors) {
      const name = fieldPath(error.field);
      if (form.getFieldInstance(name as never)) {
        form.setFields([{ name: name as never, errors: [besideField(error)] }]);
      } else unplaced.push(error.message);
    }
    if (unplaced.length) message.error(unplaced.join(" ") || sentenceOf(failure));
  };
}
