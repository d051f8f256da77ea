import { Fragment } from 'react'

/** A description from the registry, with what is between backticks as code. */
export const Prose = ({ text }: { text: string }) =>
  text.split('`').map((part, at) =>
    at % 2 === 1 ? (
      <code key={at} className="text-[0.9em]">
        {part}
      </code>
    ) : (
      <Fragment key={at}>{part}</Fragment>
    ),
  )
