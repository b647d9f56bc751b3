import "./autosave";
import "./markdown-editor";
import "./mention-picker";
