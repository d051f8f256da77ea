/**
 * Characters that are not seen, or that turn the direction of what follows: controls, formats (U+202E, zero-width ones, tags),
 * line and paragraph separators, fillers, and halves of pairs. In a name they make one look like another (Unicode TR 36 §2.4).
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu

/** Joiners that belong to a script's spelling, or to an emoji (RFC 5892 appendix A.1 and A.2, UTS 51 §2.2). */
const meantJoiners =
  /(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200c\u200d](?=[\p{Script=Arabic}\p{Script=Syriac}\p{L}])|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)\u200d(?=\p{Extended_Pictographic})/gu

/** Whether a text holds a character that is not seen. No name may. */
export const holdsUnseen = (text: string): boolean => text.replace(meantJoiners, '').search(unseen) >= 0

export const unseenMessage = 'A name is one line without control characters and characters that are not seen.'

/** A text as it may be shown: what is not seen is written as its code point, `\u{202e}`; line ends and tabs stay. */
export function visibleText(text: string): string
/** Undefined, as an attribute that is not set, where there is no text. */
export function visibleText(text: string | null | undefined): string | undefined
export function visibleText(text: string | null | undefined): string | undefined {
  return text?.replace(unseen, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
  )
}
