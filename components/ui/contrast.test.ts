import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const dark = tokensOf('.dark')
const themes = { light: tokensOf(':root'), dark, 'dark, above the page': { ...dark, ...tokensOf('.dark .raised') } }

/** WCAG 2.2 SC 1.4.3: text needs 4.5 : 1. */
const textPairs = [
  ...['foreground', 'muted-foreground', 'accent-text', 'accepted', 'refused', 'attention'].flatMap((text) =>
    ['background', 'surface', 'muted'].map((fill) => [text, fill] as const),
  ),
  ...['accent', 'accepted', 'refused', 'attention'].flatMap((tone) => [
    ['foreground', `${tone}-subtle`] as const,
    ['muted-foreground', `${tone}-subtle`] as const,
    [tone === 'accent' ? 'accent-text' : tone, `${tone}-subtle`] as const,
  ]),
  ['accent-foreground', 'accent'],
  ['accent-foreground', 'accent-hover'],
  ['refused-foreground', 'refused-solid'],
  ['refused-foreground', 'refused-solid-hover'],
] as const

/** SC 1.4.11: the edge of a control and the focus ring need 3 : 1. */
const edgePairs = ['input', 'ring', 'accent'].flatMap((edge) =>
  ['background', 'surface', 'muted'].map((fill) => [edge, fill] as const),
)

for (const [name, tokens] of Object.entries(themes)) {
  test.each(textPairs)(`${name}: text %s on %s reaches 4.5 : 1`, (text, fill) => {
    expect(ratio(tokens[text]!, tokens[fill]!)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(edgePairs)(`${name}: edge %s on %s reaches 3 : 1`, (edge, fill) => {
    expect(ratio(tokens[edge]!, tokens[fill]!)).toBeGreaterThanOrEqual(3)
  })
}

test('the ratio is the one WCAG defines: black on white is 21, a colour on itself 1', () => {
  expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(ratio('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(ratio('#3d4fd0', '#3d4fd0')).toBe(1)
})

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0]!
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]))
}

function ratio(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Relative luminance, WCAG 2.2 glossary. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
