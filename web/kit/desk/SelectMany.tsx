import { type RefSelectProps, Select, type SelectProps } from "antd";
import { type KeyboardEvent, type RefAttributes, useRef } from "react";

/**
 * Chooses several. Leaving with Tab takes nothing along, nor does Enter unless something was typed
 * or walked to: what merely lies under the pointer was not chosen.
 */
export function SelectMany<V>(props: SelectProps<V[]> & RefAttributes<RefSelectProps>) {
  const walked = useRef(false);

  function onInputKeyDown(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void {
    const idle = !walked.current && !event.currentTarget.value;
    if (event.key === "Tab" || (event.key === "Enter" && idle)) event.stopPropagation();
    walked.current = event.key === "ArrowDown" || event.key === "ArrowUp";
  }

  return (
    <Select<V[]>
      optionFilterProp="label"
      {...props}
      mode="multiple"
      onInputKeyDown={onInputKeyDown}
    />
  );
}
