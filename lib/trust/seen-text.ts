/**
 * What a text looks like: compatible forms (NFKC) and letters, dashes and quotes that are drawn alike are one, and what is not
 * seen is nothing (Unicode TS 39 §4, the pairs that pastes and lookalike names are made of). For explanations only: values are
 * compared letter for letter.
 */
export const seenText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(alikeLetters, (letter) => alike.get(letter) ?? letter)

const pairs: readonly (readonly [drawnAlike: string, as: string])[] = [
  // Cyrillic and Greek.
  ['аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅ', 'aeopcyxijshdqwABEKMHOPCTXYIJS'],
  ['ονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ovpABEZHIKMNOPTYX'],
  // Dashes, quotes, slashes and colons that word processors and typesetters put in.
  ['‐‑‒–—―−', '-------'],
  ['‘’‚′“”„″', `''''""""`],
  ['⁄∕꞉∶', '//::'],
]

const alike = new Map(
  pairs.flatMap(([letters, as]) => Array.from(letters, (letter, at): [string, string] => [letter, as[at] ?? letter])),
)
const alikeLetters = new RegExp(`[${[...alike.keys()].join('')}]`, 'gu')
