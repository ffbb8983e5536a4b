/** The only illustration: ripples on quiet water with a lotus leaf. */
export function Pond({ className, width = 120 }: { className?: string; width?: number }) {
  return (
    <svg
      className={className}
      width={width}
      viewBox="0 0 120 60"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden="true"
    >
      <ellipse cx="62" cy="38" rx="54" ry="17" opacity=".22" />
      <ellipse cx="62" cy="38" rx="38" ry="12" opacity=".4" />
      <ellipse cx="62" cy="38" rx="23" ry="7" opacity=".65" />
      <ellipse cx="62" cy="38" rx="9" ry="2.6" />
      <path
        d="M20 27c6-5 17-5 22 0-5 5-16 6-22 0Zm11-3.6V27"
        fill="currentColor"
        fillOpacity=".14"
        strokeLinejoin="round"
      />
      <path d="M62 37V15m0 0c-5-2-7-6-6-11 4 1 6 5 6 11Zm0 0c5-2 7-6 6-11-4 1-6 5-6 11Z" />
    </svg>
  );
}
