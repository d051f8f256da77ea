export { AlertDialog, Dialog, Popover, Select } from 'radix-ui'
export { Menu } from 'radix-ui/internal'
