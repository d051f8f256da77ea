/**
 * Characters that are not seen, or that turn the direction of what follows: controls, formats (U+202E, zero-width ones, tags),
 * line and paragraph separators, fillers, halves of pairs, and all that is drawn as nothing where it is not known (variation
 * selectors). In a name they make one look like another (Unicode TR 36 §2.4). The ninth mark on one letter and those after it are
 * drawn over the lines beside it; no script has as many.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?<=\p{M}{8})\p{M}/gu

/**
 * What of these belongs to a script's spelling or to an emoji: joiners (RFC 5892 appendix A.1 and A.2, UTS 51 §2.2) and variation
 * selectors (UTS 37, UTS 51 §1.4.3, Mongolian).
 */
const meant = new RegExp(
  [
    String.raw`(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200c\u200d](?=[\p{Script=Arabic}\p{Script=Syriac}\p{L}])`,
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)`,
    String.raw`(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|(?<=\p{Script=Mongolian})[\u180b-\u180d\u180f]`,
  ].join('|'),
  'gu',
)

/** Whether a text holds a character that is not seen. No name may. */
export const holdsUnseen = (text: string): boolean => text.replace(meant, '').search(unseen) >= 0

/** A text without the characters that are not seen. Line ends are among them. */
export const withoutUnseen = (text: string): string => text.replace(unseen, '')

export const unseenMessage = 'A name is one line without control characters and characters that are not seen.'

/**
 * A text as it may be shown: what is not seen is written as its code point, `\u{202e}`; line ends and tabs stay, and so does what
 * belongs to a spelling.
 */
export function visibleText(text: string): string
/** Undefined, as an attribute that is not set, where there is no text. */
export function visibleText(text: string | null | undefined): string | undefined
export function visibleText(text: string | null | undefined): string | undefined {
  return text?.replace(meantOrUnseen, (character, isMeant: string | undefined) =>
    isMeant !== undefined || character === '\n' || character === '\t'
      ? character
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  )
}

const meantOrUnseen = new RegExp(`(${meant.source})|${unseen.source}`, 'gu')
