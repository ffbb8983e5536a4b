import type { ComponentProps } from "react";
import css from "./ui.module.css";

type Look = "strong" | "plain" | "danger" | "small";

function classOf(looks: Look[], more?: string): string {
  return [css.button, ...looks.map((look) => css[look]), more].filter(Boolean).join(" ");
}

export function Button({
  looks = [],
  className,
  ...rest
}: ComponentProps<"button"> & { looks?: Look[] }) {
  return <button type="button" className={classOf(looks, className)} {...rest} />;
}

export function LinkButton({
  looks = [],
  className,
  ...rest
}: ComponentProps<"a"> & { looks?: Look[] }) {
  return <a className={classOf(looks, className)} {...rest} />;
}
