import type { ComponentProps } from 'react';
import styles from './Button.module.css';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `plain` has a border; `primary` is the one action of a place; `quiet` has no border; `link` reads as text. */
  look?: 'plain' | 'primary' | 'quiet' | 'link';
  /** Square, for an icon alone; give it an `aria-label`. */
  icon?: boolean;
}

export function Button({ look = 'plain', icon = false, className, type = 'button', ...rest }: ButtonProps) {
  const classes = [styles['button'], look !== 'plain' && styles[look], icon && styles['icon'], className];
  return <button {...rest} type={type} className={classes.filter(Boolean).join(' ')} />;
}
