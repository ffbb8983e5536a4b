export function SignedSample() {
  return null;
}
