/** The mark of siyu: a drop and its rings. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--jade)" />
      <g fill="none" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round">
        <path d="M6.5 20.5c0-3 4.3-5.3 9.5-5.3s9.5 2.3 9.5 5.3-4.3 5.2-9.5 5.2" />
        <path d="M11.3 20.4c0-1.3 2.1-2.3 4.7-2.3s4.7 1 4.7 2.3-2.1 2.3-4.7 2.3" />
      </g>
      <path
        d="M16 5.2c1.9 2.4 2.9 4 2.9 5.3a2.9 2.9 0 0 1-5.8 0c0-1.3 1-2.9 2.9-5.3Z"
        fill="var(--surface)"
      />
    </svg>
  );
}
