'use client'

import NextLink from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * Link to a page of the dashboard. The page is prefetched when the pointer or the focus reaches the link, not when it
 * scrolls into view: a list would prefetch every row.
 */
export function Link({ onPointerEnter, onFocus, ...rest }: ComponentProps<typeof NextLink>) {
  const [isIntended, setIsIntended] = useState(false)
  return (
    <NextLink
      {...rest}
      prefetch={isIntended ? null : false}
      onPointerEnter={(event) => {
        setIsIntended(true)
        onPointerEnter?.(event)
      }}
      onFocus={(event) => {
        setIsIntended(true)
        onFocus?.(event)
      }}
    />
  )
}
