import { css, html, nothing, type TemplateResult } from 'lit';
import type { NavEntry } from '../kernel/feature.ts';
import '../ui/ui-icon.ts';
import './nav-count.ts';

/** One entry of the navigation as the rail and the bottom bar draw it. */
export const navLink = ({ path, label, icon, count }: NavEntry, active: boolean): TemplateResult =>
  html`<a class="entry" href=${path} aria-current=${active ? 'page' : nothing} title=${label}>
    <ui-icon name=${icon}></ui-icon><span class="label">${label}</span>
    ${count ? html`<nav-count .count=${count}></nav-count>` : nothing}
  </a>`;

/** What the entries of both navigations share. */
export const navLinkStyles = css`
  .entry {
    position: relative;
    color: var(--text-quiet);
    font-weight: 550;
    text-decoration: none;
    touch-action: manipulation;
    -webkit-user-select: none;
    user-select: none;
  }
  .entry:hover {
    text-decoration: none;
  }
  .entry:focus-visible {
    outline-offset: -2px;
  }
`;
