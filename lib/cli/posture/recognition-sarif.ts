import type { RecognitionAnswer } from '@/lib/model/posture'
import { inFile, sarifLog } from '@/lib/trust/posture/sarif'

const rules = [
  {
    id: 'unknown-issuer',
    title: 'No preset knows the issuer of the token',
    about: 'What its claims mean is not known, so no rule that identifies the workload can be proposed.',
  },
  {
    id: 'unknown-claim',
    title: 'A claim that no standard and no preset knows',
    about: 'The issuer is not known to send it. A rule on it is judged as one on a claim that anyone may set.',
  },
  {
    id: 'unusual-value',
    title: 'A value that the issuer would not send',
    about: 'The claim is known, and its value does not have the form that the issuer gives it.',
  },
] as const

type RuleId = (typeof rules)[number]['id']

/** What is not known of a token, as notes of a SARIF 2.1.0 log. */
export function recognitionSarif(file: string, recognised: RecognitionAnswer, version: string) {
  const { preset, classes, unknown, looksLike, isComplete } = recognised
  const similar = looksLike ? ` It uses the claim names of ${looksLike.preset.title}, and is not that issuer.` : ''
  const cut = isComplete ? '' : ' There are more claims than were looked at.'
  return sarifLog({
    version,
    rules: rules.map(({ id, title, about }) => ({
      ...{ id, shortDescription: { text: title }, fullDescription: { text: about } },
      ...{ help: { text: about }, defaultConfiguration: { level: 'note' as const } },
    })),
    results: [
      ...(preset ? [] : [note(file, 'unknown-issuer', 'iss', `No preset knows the issuer.${similar}${cut}`)]),
      ...unknown.map((path) => note(file, 'unknown-claim', path, `Nothing is known of the claim ${path}.`)),
      ...classes.flatMap(({ path, fault }) => (fault === null ? [] : [note(file, 'unusual-value', path, fault)])),
    ],
  })
}

const note = (file: string, ruleId: RuleId, claim: string, text: string) => ({
  ...{ ruleId, ruleIndex: rules.findIndex(({ id }) => id === ruleId), level: 'note' as const, message: { text } },
  locations: [
    {
      physicalLocation: inFile(file),
      logicalLocations: [{ name: claim, fullyQualifiedName: claim, kind: 'member' }],
    },
  ],
  partialFingerprints: { 'keybound/v1': [ruleId, claim].join('|') },
})
