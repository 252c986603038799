import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `plain` has a border; `primary` is the one action of a place; `quiet` has no border; `link` reads as text. */
  look?: 'plain' | 'primary' | 'quiet' | 'link';
  /** Stands before the text; alone it makes the button square, which then needs an `aria-label`. */
  icon?: LucideIcon | boolean;
}

export function Button({ look = 'plain', icon = false, className, type = 'button', children, ...rest }: ButtonProps) {
  const square = icon === true || (icon !== false && children === undefined);
  const classes = [styles['button'], look !== 'plain' && styles[look], square && styles['icon'], className];
  const Icon = typeof icon === 'boolean' ? null : icon;
  return (
    <button {...rest} type={type} className={classes.filter(Boolean).join(' ')}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </button>
  );
}
