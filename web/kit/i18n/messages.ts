import { currentLanguage, type Language, useLanguage } from "./language.ts";

/** The same entries with other words: strings stay strings, sentences with gaps keep their gaps. */
type Translation<M> = {
  [K in keyof M]: M[K] extends string
    ? string
    : M[K] extends (...gaps: infer G) => string
      ? (...gaps: G) => string
      : Translation<M[K]>;
};

export type Messages<M> = Record<Language, M>;

/**
 * A dictionary of one module. Chinese is written first and sets the keys; English must have
 * exactly the same, or it does not compile.
 */
export function defineMessages<M extends object>(dictionary: {
  zh: M;
  en: Translation<M>;
}): Messages<M> {
  return dictionary as Messages<M>;
}

/** The words of a dictionary in the language on screen. */
export function useText<M extends object>(dictionary: Messages<M>): M {
  return dictionary[useLanguage()];
}

/** The same outside of components, for code that makes a sentence once. */
export function textOf<M extends object>(dictionary: Messages<M>): M {
  return dictionary[currentLanguage()];
}
