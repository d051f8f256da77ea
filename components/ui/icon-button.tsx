'use client'

import { Button, type ButtonProps } from './button'
import { cn } from './cn'
import { Tooltip } from './tooltip'

/** Button with an icon only. `label` is its accessible name and tooltip. */
export function IconButton({
  label,
  className,
  variant = 'ghost',
  size = 'md',
  ...rest
}: Omit<ButtonProps, 'aria-label'> & { label: string }) {
  return (
    <Tooltip content={label}>
      <Button
        aria-label={label}
        variant={variant}
        size={size}
        className={cn('px-0', size === 'sm' ? 'w-7' : size === 'lg' ? 'w-10' : 'w-8', className)}
        {...rest}
      />
    </Tooltip>
  )
}
