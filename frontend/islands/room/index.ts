import "./shared-card";
import "./talk";
